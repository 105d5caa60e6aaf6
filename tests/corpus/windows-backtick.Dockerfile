# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2025
SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
WORKDIR C:\app
RUN New-Item -Type Directory C:\data ; `
    Write-Host 'done'
COPY bin\ C:\app\
ENTRYPOINT ["C:\\app\\server.exe"]
