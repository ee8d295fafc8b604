"""A survey as a beginner writes it: one Streamlit form, and a connection to SQLite on each rerun.

Everything is left at its default. What Konsilium is measured against; not part of it.
"""

import os
import sqlite3

import streamlit as st

AIMS = [f"Aim {k}" for k in range(6)]

connection = sqlite3.connect(os.environ["SURVEY_DATABASE"])
connection.execute("CREATE TABLE IF NOT EXISTS answers (who TEXT, step TEXT, answers TEXT)")

st.title("Aims of the region")
with st.form("survey"):
    who = st.text_input("Your number")
    step = st.text_input("In your words")
    first = st.radio("The first aim", AIMS)
    ratings = [st.slider(f"Trust in {aim}", 1, 5) for aim in AIMS]
    chosen = st.multiselect("Aims", AIMS)
    years = st.number_input("Years", 0, 80)
    sent = st.form_submit_button("Send")
if sent:
    answers = repr((first, ratings, chosen, years))
    connection.execute("INSERT INTO answers VALUES (?, ?, ?)", (who, step, answers))
    connection.commit()
    st.success("Saved")
