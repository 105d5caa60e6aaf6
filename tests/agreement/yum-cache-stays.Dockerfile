# hadolint misses DL3032 at line 3: yum's cache is not what is removed.
FROM almalinux:9
RUN yum install -y make-4.3 && rm -rf /tmp/build
USER 1000
