FROM alpine:3.23 AS one
COPY --from=two /a /a
FROM alpine:3.23 AS two
COPY --from=three /a /a
FROM alpine:3.23 AS three
RUN --mount=from=one,target=/one true
COPY --from=three /b /b
COPY --from=7 /c /c
COPY --from=$stage /d /d
