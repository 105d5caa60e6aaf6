# shellcheck misses SC2015 at line 3: parentheses in front of && do not change when the last command in them runs.
FROM fedora:43
RUN (test -f local.rpm && dnf -y install local.rpm || dnf -y install tool-1.2) && dnf clean all
USER 1000
