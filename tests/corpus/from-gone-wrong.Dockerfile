FROM
FROM alpine extra
FROM alpine AS
FROM alpine AS 1st
FROM alpine AS good bad
FROM Alpine
FROM alpine:$UNDECLARED
FROM --platform=nowhere alpine
FROM --platform alpine
FROM alpine:
