"""The parts of a DOCX, from the bottom up:

container                                  bytes of a zip, both ways, and the XML that holds it together
package, styles, lists, document           what stands in the clerk's own reference document
placeholders, fields, reference            what may be filled into it; all that a record needs of it
numbering, setting                         Word's own numbering, and where it must be told to begin anew
runs, blocks, body                         the printed lines as text, as paragraphs and tables, and as a whole
"""
