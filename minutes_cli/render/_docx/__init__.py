"""The parts of a DOCX, from the bottom up:

package     bytes of a zip, both ways          parts, styles, document, numbering   what stands in the XML
blocks      the printed lines as paragraphs    runs, body                           and as their XML
fields, placeholders, reference                the clerk's own reference document
lists, setting                                 native numbering, and where it must be told to begin anew
"""
