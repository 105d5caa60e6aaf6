# hadolint misses DL3042 at line 3: the variable is printed, and not set.
FROM python:3.13-slim
RUN echo PIP_NO_CACHE_DIR=1 && pip install flask==3.1.0
USER 1000
