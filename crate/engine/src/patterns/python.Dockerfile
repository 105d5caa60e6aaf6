# syntax=docker/dockerfile:1
FROM python:3.14 AS build
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt

FROM python:3.14-slim
ENV PATH=/opt/venv/bin:$PATH
ENV PYTHONUNBUFFERED=1
RUN useradd --system --uid 10001 --create-home appuser
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY . .
USER 10001
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/', timeout=3)"]
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]
