# The part that a guide would show: no FROM, and the rest left out.
WORKDIR app
COPY requirements.txt .
RUN pip install -r requirements.txt
...
CMD python app.py
