FROM python:3.13
MAINTAINER Grace Example <grace@example.org>
ADD requirements.txt /code/requirements.txt
WORKDIR /code
RUN apt-get update && apt-get install -y gcc libpq-dev
RUN pip install -r requirements.txt
ADD . /code
ENV DATABASE_PASSWORD=hunter2hunter2
CMD gunicorn app:api --bind 0.0.0.0:$PORT
