"""Entry of the analyst's pages: ``streamlit run app/analyst_main.py``."""

from app.analyst.shell import main

main()
