# hadolint reports DL3064 at line 3: the variable holds the path of a file.
FROM alpine:3.23
ENV PASSWORD_FILE=/run/secrets/password
USER 1000
