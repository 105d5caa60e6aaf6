FROM alpine:3.23
ENV A=1 B="two words" C='$literal' D=three\ words E="a \"quoted\" word" F=
ENV LEGACY the rest = of the "line" $A
ENV PATH=/opt/bin:$PATH \
    # between two pairs
    LANG=C.UTF-8
ENV G=${A:-x} H=${B:+y} I=${C:?message} J=${D#a*} K=${E%%/*} L=${F/a/b} M=${G//a/b}
ENV N=$$ O=\$A P="a\b" Q='it'"'"'s'
