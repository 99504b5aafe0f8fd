@echo off
rem Runs the command line. Needs Java, 17 or later: JAVA_HOME, or java on the PATH.
rem JOB_LIFECYCLE_OPTS may hold more options for the JVM.
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -XX:+UseSerialGC -XX:-UsePerfData %JOB_LIFECYCLE_OPTS% -cp "%~dp0..\lib\job-lifecycle-cli.jar" org.joblifecycle.cli.Main %*
exit /b %ERRORLEVEL%
