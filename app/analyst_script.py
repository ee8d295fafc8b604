"""What Streamlit runs for each page and each change on it."""

from app.analyst.shell import main

main()
