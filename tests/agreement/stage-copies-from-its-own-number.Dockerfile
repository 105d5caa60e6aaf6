# hadolint misses DL3023 at line 4: the stage is number 0.
FROM alpine:3.23 AS app
RUN touch /a
COPY --from=0 /a /b
USER 1000
