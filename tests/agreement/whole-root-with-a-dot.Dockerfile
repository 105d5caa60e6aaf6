# hadolint misses DL3067 at line 5: `/.` is the whole root as well.
FROM debian:13 AS build
RUN touch /app
FROM scratch
COPY --from=build /. /
USER 1000
