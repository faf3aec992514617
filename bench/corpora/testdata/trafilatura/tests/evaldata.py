"""Data of a test."""

OTHER = {"not": "this"}

EVAL_PAGES = {
    # a comment, with { and "
    'https://lake.example/ice': {
        'file': 'lake.ice.html',
        'author': "Ida Frost",
        'title': '''Ice on
the lake''',
        'with': ['The ice is "thick" enough', "don\'t walk \u2014 skate", ('glued '
                 'together')],
        'without': [r'Teilen\d', "Men\xfc"],
        'comments': True, 'license': None,
    },
    "https://lake.example/old": {
        'file': 'old.html', 'with': ["Ruderboote",], 'without': [],
    },
    'https://lake.example/none': {'file': '', 'with': [], 'without': []},
    'https://lake.example/out': {'file': '../evaldata.py', 'with': ["x"], 'without': []},
    'https://lake.example/lost': {'file': 'lost.html', 'with': ["x"], 'without': []},
}
