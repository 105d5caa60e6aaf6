FROM alpine:3.23 AS base
COPY --form=base a b
COPY --link=maybe a b
COPY --from a b
COPY --link --link a b
RUN --mount=type=cash,target=/x make
RUN --mount=type=cache,target=/ make
RUN --mount=type=secret,id=a,sharing=locked make
RUN --network=lan make
RUN --security=none make
USER --x app
HEALTHCHECK --interval=5 --retries=-1 CMD true
COPY --chmod=999 a b
COPY -- --chown=literal dest/
