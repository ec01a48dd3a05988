"""The printed page beside the editor: a small server on this machine only (`minutes preview`).

watch    files in, a number that grows with each save out
pages    meetings in, the HTML of the list and of the frame around a page out
server   requests in, answers out; refuses every host but this one and every path outside the folder
"""
