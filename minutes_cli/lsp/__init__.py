"""The language server: a file as it is being typed in, what an editor shows of it out.

positions, changes      the editor's lines and units to offsets and back; edits to text
opened                  one open file: its text, its model, its findings
cursor                  what stands at an offset, told by the lines alone
complete_front, complete_body, hover, symbols, folding, links, rename, actions, formatting
                        pure functions over an open file and an offset
library                 the other meetings of the workspace
server, server_types    the door: all that knows the protocol
"""
