"""One file, one rule: `check(minutes)` yields what is wrong, and the docstring is the rule's manual page.

A page begins with one sentence in English and the same in Chinese; `Why:` and `為什麼：` say what it is good for,
`Basis:` names the clause behind it where there is one, `Bad:` and `Good:` are examples.  An example is a part of a
meeting file: lines between two `---` replace or add front matter of an otherwise faultless meeting, what follows is
its body (where nothing follows, a faultless one).  The tests run both: Bad gives the rule's code, Good gives nothing.

Files that begin with `_` are scans that several rules share.  See `minutes_cli.registry`: the folder is the table.
"""
