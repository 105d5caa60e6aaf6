# escape=`
# buildkit reports JSONArgsRecommended at line 5: a SHELL that is set is meant to run it; tally, which runs BuildKit's checks, overlooks this one.
FROM mcr.microsoft.com/windows/servercore:ltsc2025
SHELL ["powershell", "-Command"]
CMD .\start.ps1
