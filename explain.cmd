@echo off
rem The launcher for Windows; "explain" is the one for Linux and macOS. Whoever changes one changes
rem both. Builds Explain4J on first use and after changes, then runs its command line.
setlocal
set "ROOT=%~dp0"
set "LIB=%ROOT%experiments\target\lib"
set "MODULE=experiments"
if "%~1"=="submit" set "MODULE=explain-spark"
set "BUILT=%ROOT%%MODULE%\target\launcher-built"
if not defined EXPLAIN4J_MVN set "EXPLAIN4J_MVN=mvn"

rem Stale: there was no build, or a pom.xml or something under src\main is newer than the last one.
powershell -NoProfile -Command "$built = Get-Item $env:BUILT -ErrorAction SilentlyContinue;" ^
  "if (-not $built) { exit 1 };" ^
  "$files = @(Get-Item ($env:ROOT + 'pom.xml'), ($env:ROOT + '*\pom.xml'));" ^
  "$files += @(Get-ChildItem ($env:ROOT + '*\src\main') -Recurse);" ^
  "if ($files | Where-Object { $_.LastWriteTime -gt $built.LastWriteTime }) { exit 1 };" ^
  "exit 0"
if not errorlevel 1 goto run

for %%t in (java javac "%EXPLAIN4J_MVN%") do (
  where %%t > nul 2> nul || (
    echo explain: %%t is not on the PATH. Explain4J needs JDK 17 or later and Maven 3.8 or later. 1>&2
    exit /b 3
  )
)
echo explain: building with Maven; the first time this downloads about 300 MB 1>&2
set "LOG=%TEMP%\explain4j-build-%RANDOM%.log"
call "%EXPLAIN4J_MVN%" -q -B -f "%ROOT%pom.xml" -pl %MODULE% -am -DskipTests ^
  -Dspotless.skip=true -Dcompiler.checks=-Xlint:none package > "%LOG%" 2>&1
if errorlevel 1 (
  type "%LOG%" 1>&2
  del "%LOG%"
  echo explain: the build failed. 1>&2
  exit /b 3
)
del "%LOG%"
type nul > "%BUILT%"
type nul > "%ROOT%experiments\target\launcher-built"

:run
set "COMMIT="
for /f %%c in ('git -C "%ROOT%." rev-parse HEAD 2^> nul') do set "COMMIT=%%c"
rem The window that lines are wrapped for; nothing is wrapped in a file or a pipe.
set "TERMINAL=false"
set "OUTPUT=false"
set "COLUMNS=0"
for /f %%r in ('powershell -NoProfile -Command "[Console]::IsErrorRedirected"') do (
  if "%%r"=="False" set "TERMINAL=true"
)
powershell -NoProfile -Command "if ([Console]::IsOutputRedirected) { exit 1 }" && set "OUTPUT=true"
for /f %%w in ('powershell -NoProfile -Command "$Host.UI.RawUI.WindowSize.Width"') do set "COLUMNS=%%w"
set "JAR="
for /f "delims=" %%j in ('dir /b "%ROOT%experiments\target\experiments-*.jar" ^| findstr /v "tests sources"') do (
  set "JAR=%ROOT%experiments\target\%%j"
)

rem Explain4J runs native operations side by side with one OpenMP thread each: OpenMP's own threads
rem spin while they wait, and any other load on the machine then slows each operation a hundredfold.
rem Matrix products keep the BLAS library's threads.
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=%NUMBER_OF_PROCESSORS%"

rem The heap holds tables and images; the arrays are outside it.
if not defined EXPLAIN4J_HEAP set "EXPLAIN4J_HEAP=4g"
echo(%EXPLAIN4J_HEAP%| findstr /r /x /c:"[1-9][0-9]*" /c:"[1-9][0-9]*[kKmMgGtT]" > nul || (
  echo EXPLAIN4J_HEAP: expected an amount such as 512m or 2g, found '%EXPLAIN4J_HEAP%' 1>&2
  exit /b 2
)
if not defined EXPLAIN4J_OFFHEAP set "EXPLAIN4J_OFFHEAP=12g"
java ^
  -Xmx%EXPLAIN4J_HEAP% -XX:+UseParallelGC ^
  -Dorg.bytedeco.javacpp.maxbytes=%EXPLAIN4J_OFFHEAP% ^
  -Dorg.bytedeco.javacpp.maxphysicalbytes=0 ^
  -Djava.awt.headless=true ^
  --enable-native-access=ALL-UNNAMED ^
  -Dexplain4j.terminal=%TERMINAL% ^
  -Dexplain4j.output=%OUTPUT% ^
  -Dexplain4j.columns=%COLUMNS% ^
  -Dexplain4j.commit=%COMMIT% ^
  -Dexplain4j.root="%ROOT:~0,-1%" ^
  -cp "%LIB%\*;%JAR%" ^
  org.explain4j.experiments.cli.Main %*
exit /b %ERRORLEVEL%
