"""Server of the analyst's pages: ``streamlit run app/analyst_main.py``."""

import streamlit as st

from app.analyst import door, serving, settings

app = st.App(
    settings.script(),
    routes=door.routes(),
    middleware=serving.middleware(),
    lifespan=serving.lifespan,
)
