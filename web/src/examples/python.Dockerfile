# syntax=docker/dockerfile:1
FROM python:3.13

ARG PIP_INDEX_PASSWORD
ENV DJANGO_SECRET_KEY=change-me-later \
    PYTHONUNBUFFERED=1

WORKDIR /srv/app
COPY . .

RUN apt-get update
RUN apt-get install -y libpq-dev gcc
RUN pip install -r requirements.txt

EXPOSE 8000
CMD gunicorn shop.wsgi --bind 0.0.0.0:8000
