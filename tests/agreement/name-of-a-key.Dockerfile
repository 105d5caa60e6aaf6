# buildkit reports SecretsUsedInArgOrEnv at line 3: a key to sort by opens nothing.
FROM alpine:3.23
ENV SORT_KEY=name
USER 1000
