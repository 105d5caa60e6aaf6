FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home app
WORKDIR /srv
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY app ./app
USER app
HEALTHCHECK --interval=30s --timeout=3s CMD ["python", "-m", "app.health"]
CMD ["python", "-m", "app"]
