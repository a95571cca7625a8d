"""Real spreadsheet programs, driven by the tests.

``office`` (LibreOffice through UNO), ``gnumeric`` (ssconvert), ``iron`` (IronCalc),
``hyperformula``, ``sheetjs`` and ``exceljs`` (the npm packages) and ``sdk`` (the validator of the
Open XML SDK). Each has a fixture of the same name in ``fixtures.py``.
"""
