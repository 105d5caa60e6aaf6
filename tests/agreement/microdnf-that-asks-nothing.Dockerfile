# hadolint reports DL3038 at line 3: the microdnf of release 8 takes a yes for granted.
FROM registry.access.redhat.com/ubi8/ubi-minimal:8.10
RUN microdnf install make-4.2.1 && microdnf clean all
USER 1000
