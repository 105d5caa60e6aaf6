FROM alpine:3.23
ARG A=path/to/file.tar.gz
WORKDIR ${A%/*}
WORKDIR ${A##*/}
USER ${U:-${V:-nobody}}
ENV B=${A/tar/zip} C=${A//\//-} D="${A:+set}" E=${A-unset} F=${A+set} G=${A?needed}
ENV H=${A^^}
ENV I=${A
ENV J=${}
COPY ${A}.txt $A$B /x/
