# buildkit misses SecretsUsedInArgOrEnv at line 3: DB_PASS is a password too.
FROM alpine:3.23
ARG DB_PASS
USER 1000
