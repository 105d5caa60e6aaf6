FROM debian:13-slim
RUN apt-get update \
    # the client only
    && apt-get install -y \
        postgresql-client \

        # and what reads its output
        jq \
    && rm -rf /var/lib/apt/lists/*
RUN echo one \\
USER 1000
CMD ["psql", \
     "--version"]
