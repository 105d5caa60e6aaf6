# hadolint misses DL3038 at line 3: dnf5 is dnf, and asks as dnf does.
FROM fedora:43
RUN dnf5 install make-4.4 && dnf5 clean all
USER 1000
