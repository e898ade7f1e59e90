// What failed builds, checks and actions print on GitHub Actions, as their tools print it, written for these tests.
import type { ActionsSample } from './sample.ts';

export const ACTIONS_BUILD_SAMPLES: readonly ActionsSample[] = [
  {
    tool: 'ninja',
    headlines: ["../src/ops/add.cpp:57:10: error: 'frob' was not declared in this scope"],
    code: 1,
    log: `-- Build files have been written to: /checkout/build
[1/3012] Building CXX object third_party/fmt/CMakeFiles/fmt.dir/src/format.cc.o
[2/3012] Building CXX object src/CMakeFiles/core.dir/util/error.cpp.o
[3/3012] Building CXX object src/CMakeFiles/core.dir/ops/add.cpp.o
FAILED: src/CMakeFiles/core.dir/ops/add.cpp.o 
/opt/cache/bin/sccache /usr/bin/c++ -DBUILD_ONEDNN -DUSE_ERROR -I../src -Wall -Werror=return-type -Wno-error=pedantic -std=gnu++17 -MD -MT src/CMakeFiles/core.dir/ops/add.cpp.o -MF src/CMakeFiles/core.dir/ops/add.cpp.o.d -o src/CMakeFiles/core.dir/ops/add.cpp.o -c ../src/ops/add.cpp
../src/ops/add.cpp: In function 'int add(int, int)':
../src/ops/add.cpp:57:10: error: 'frob' was not declared in this scope
   57 |   return frob(a, b);
      |          ^~~~
[4/3012] Building CXX object src/CMakeFiles/core.dir/ops/sub.cpp.o
../src/ops/sub.cpp: In function 'int sub(int)':
../src/ops/sub.cpp:7:7: warning: unused variable 'x' [-Wunused-variable]
    7 |   int x;
      |       ^
ninja: build stopped: subcommand failed.
Traceback (most recent call last):
  File "setup.py", line 944, in <module>
    build_deps()
  File "tools/build_pytorch_libs.py", line 87, in build_caffe2
    cmake.build(my_env)
  File "/opt/conda/lib/python3.8/subprocess.py", line 364, in check_call
    raise CalledProcessError(retcode, cmd)
subprocess.CalledProcessError: Command '['cmake', '--build', '.', '--target', 'install']' returned non-zero exit status 1.`,
  },
  {
    tool: 'compiler killed',
    headlines: ['c++: fatal error: Killed signal terminated program cc1plus'],
    code: 2,
    log: `[ 45%] Building CXX object src/CMakeFiles/app.dir/big.cpp.o
c++: fatal error: Killed signal terminated program cc1plus
compilation terminated.
make[2]: *** [src/CMakeFiles/app.dir/build.make:63: src/CMakeFiles/app.dir/big.cpp.o] Error 1
make[1]: *** [CMakeFiles/Makefile2:100: src/CMakeFiles/app.dir/all] Error 2
make: *** [Makefile:136: all] Error 2`,
  },
  {
    tool: 'nvcc',
    headlines: ["nvcc fatal   : Unsupported gpu architecture 'compute_90'"],
    code: 1,
    log: `[12/40] Building CUDA object src/CMakeFiles/k.dir/k.cu.o
FAILED: src/CMakeFiles/k.dir/k.cu.o 
/usr/local/cuda/bin/nvcc -forward-unknown-to-host-compiler -gencode arch=compute_90,code=sm_90 -c k.cu
nvcc fatal   : Unsupported gpu architecture 'compute_90'
ninja: build stopped: subcommand failed.`,
  },
  {
    tool: 'checkout, tried again',
    headlines: ["fatal: unable to access 'https://github.com/org/app/': The requested URL returned error: 502"],
    code: null,
    log: `##[group]Run actions/checkout@v4
with:
  repository: org/app
  fetch-depth: 1
##[endgroup]
##[group]Fetching the repository
[command]/usr/bin/git -c protocol.version=2 fetch --no-tags --depth=1 origin +abc:refs/remotes/origin/main
##[error]fatal: unable to access 'https://github.com/org/app/': The requested URL returned error: 502
The process '/usr/bin/git' failed with exit code 128
Waiting 15 seconds before trying again
[command]/usr/bin/git -c protocol.version=2 fetch --no-tags --depth=1 origin +abc:refs/remotes/origin/main
##[error]fatal: unable to access 'https://github.com/org/app/': The requested URL returned error: 502
The process '/usr/bin/git' failed with exit code 128
Waiting 10 seconds before trying again
[command]/usr/bin/git -c protocol.version=2 fetch --no-tags --depth=1 origin +abc:refs/remotes/origin/main
##[error]fatal: unable to access 'https://github.com/org/app/': The requested URL returned error: 502
##[error]The process '/usr/bin/git' failed with exit code 128
Post job cleanup.`,
  },
  {
    tool: 'docker without its daemon',
    headlines: ['Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'],
    code: 1,
    log: `+ docker build -t app .
Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?`,
  },
  {
    tool: 'buildkit',
    headlines: [
      'npm ERR! 404 Not Found - GET https://registry.npmjs.org/left-padd - Not found',
      '#12 8.123 npm ERR! 404 Not Found - GET https://registry.npmjs.org/left-padd - Not found',
    ],
    code: null,
    log: `#11 [5/9] COPY package.json .
#11 DONE 0.1s
#12 [6/9] RUN npm ci
#12 8.120 npm ERR! code E404
#12 8.123 npm ERR! 404 Not Found - GET https://registry.npmjs.org/left-padd - Not found
#12 8.124 npm ERR! 404 
#12 8.124 npm ERR! 404  'left-padd@1.0.0' is not in this registry.
#12 8.130 npm ERR! A complete log of this run can be found in:
#12 8.130 npm ERR!     /home/ci/.npm/_logs/2024-05-01T10_00_00_000Z-debug-0.log
#12 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
------
 > [6/9] RUN npm ci:
8.124 npm ERR! 404 
8.124 npm ERR! 404  'left-padd@1.0.0' is not in this registry.
------
Dockerfile:12
--------------------
  10 |     COPY package.json .
  11 |     
  12 | >>> RUN npm ci
  13 |     COPY . .
--------------------
ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
##[error]buildx failed with: ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1`,
  },
  {
    tool: 'pre-commit',
    headlines: [
      '- hook id: end-of-file-fixer',
      'fix end of files.........................................................Failed',
    ],
    code: 1,
    log: `check yaml...............................................................Passed
fix end of files.........................................................Failed
- hook id: end-of-file-fixer
- exit code: 1
- files were modified by this hook

Fixing docs/index.md

trim trailing whitespace.................................................Passed`,
  },
  {
    tool: 'maven without a dependency',
    headlines: [
      '[ERROR] Failed to execute goal on project app: Could not resolve dependencies for project com.example:app:jar:1.0: Could not find artifact com.example:lib:jar:9.9 in central (https://repo.maven.apache.org/maven2) -> [Help 1]',
    ],
    code: 1,
    log: `[INFO] Downloading from central: https://repo.maven.apache.org/maven2/com/example/lib/9.9/lib-9.9.pom
[WARNING] The POM for com.example:lib:jar:9.9 is missing, no dependency information available
[INFO] ------------------------------------------------------------------------
[INFO] BUILD FAILURE
[INFO] ------------------------------------------------------------------------
[ERROR] Failed to execute goal on project app: Could not resolve dependencies for project com.example:app:jar:1.0: Could not find artifact com.example:lib:jar:9.9 in central (https://repo.maven.apache.org/maven2) -> [Help 1]
[ERROR] 
[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.`,
  },
  {
    tool: 'bazel',
    headlines: ["src/lib/a.cc:12:5: error: use of undeclared identifier 'frob'"],
    code: 1,
    log: `INFO: Analyzed 12 targets (0 packages loaded, 0 targets configured).
INFO: Found 12 targets...
ERROR: /checkout/src/lib/BUILD:12:11: Compiling src/lib/a.cc failed: (Exit 1): clang failed: error executing command (from target //src/lib:a) /usr/bin/clang -U_FORTIFY_SOURCE ... (remaining 30 arguments skipped)
src/lib/a.cc:12:5: error: use of undeclared identifier 'frob'
    frob();
    ^
1 error generated.
Target //src/lib:a failed to build
Use --verbose_failures to see the command lines of failed build steps.
INFO: Elapsed time: 12.123s, Critical Path: 3.21s
FAILED: Build did NOT complete successfully`,
  },
  {
    tool: 'an action that retries',
    headlines: ['curl: (28) Operation timed out after 30000 milliseconds with 0 bytes received'],
    code: null,
    log: `##[group]Attempt 1
curl: (28) Operation timed out after 30000 milliseconds with 0 bytes received
##[endgroup]
##[warning]Attempt 1 failed. Reason: Child_process exited with error code 28
curl: (28) Operation timed out after 30000 milliseconds with 0 bytes received
##[error]Final attempt failed. Child_process exited with error code 28`,
  },
  {
    tool: 'powershell',
    headlines: ['Invoke-WebRequest : The remote server returned an error: (503) Server Unavailable.'],
    code: 1,
    log: `Downloading https://example.com/x.zip
Invoke-WebRequest : The remote server returned an error: (503) Server Unavailable.
At C:\\actions-runner\\_work\\_temp\\a1b2.ps1:3 char:1
+ Invoke-WebRequest -Uri https://example.com/x.zip -OutFile x.zip
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException
    + FullyQualifiedErrorId : WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand`,
  },
  {
    tool: 'shellcheck',
    headlines: [
      'SC2086 (info): Double quote to prevent globbing and word splitting.',
      'In run.sh line 3:',
      '^-- SC2086 (info): Double quote to prevent globbing and word splitting.',
    ],
    code: 1,
    log: `
In run.sh line 3:
echo $1
     ^-- SC2086 (info): Double quote to prevent globbing and word splitting.

Did you mean:
echo "$1"

For more information:
  https://www.shellcheck.net/wiki/SC2086 -- Double quote to prevent globbing ...`,
  },
  {
    tool: 'sphinx',
    headlines: [
      '/checkout/docs/source/nn.rst:12: WARNING: undefined label: nn-init',
      'docstring of torch.foo:7: WARNING: Title underline too short.',
    ],
    code: 2,
    log: `reading sources... [ 90%] nn
/checkout/docs/source/nn.rst:12: WARNING: undefined label: nn-init
looking for now-outdated files... none found
build finished with problems, 1 warning.
make: *** [Makefile:38: html] Error 1`,
  },
  {
    tool: 'pnpm',
    headlines: [
      'ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date with package.json',
    ],
    code: 1,
    log: `Lockfile is up to date check
 ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date with package.json

Note that in CI environments this setting is true by default. If you still need to run install in such cases, use "pnpm install --no-frozen-lockfile"`,
  },
  {
    tool: 'npm ci',
    headlines: [
      'npm ERR! `npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` before continuing.',
    ],
    code: 1,
    log: `npm ERR! code EUSAGE
npm ERR! 
npm ERR! \`npm ci\` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with \`npm install\` before continuing.
npm ERR! 
npm ERR! Missing: left-pad@1.3.0 from lock file
npm ERR! 
npm ERR! A complete log of this run can be found in:
npm ERR!     /home/runner/.npm/_logs/2024-05-01T10_00_00_000Z-debug-0.log`,
  },
  {
    tool: 'rustfmt',
    headlines: ['Diff in /checkout/src/main.rs at line 12:'],
    code: 1,
    log: `+ cargo fmt --all -- --check
Diff in /checkout/src/main.rs at line 12:
 fn main() {
-    foo( );
+    foo();
 }`,
  },
  {
    tool: 'tar',
    headlines: ['gzip: stdin: not in gzip format', 'tar: Child returned status 1'],
    code: 2,
    log: `+ curl -sSL https://example.com/x.tgz
+ tar xz
gzip: stdin: not in gzip format
tar: Child returned status 1
tar: Error is not recoverable: exiting now`,
  },
  {
    tool: 'the step before others',
    headlines: ["src/app.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'."],
    code: null,
    log: `##[group]Run npm run build
npm run build
##[endgroup]
src/app.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'.
##[error]Process completed with exit code 2.
##[group]Run cat reports/*.log
cat reports/*.log
##[endgroup]
cat: 'reports/*.log': No such file or directory
##[error]Process completed with exit code 1.
##[group]Run dorny/test-reporter@v1
##[endgroup]
##[error]No test report files were found
Post job cleanup.`,
  },
  {
    tool: 'a step that cannot start',
    headlines: [
      "An error occurred trying to start process '/usr/bin/bash' with working directory '/home/runner/checkout/app/app/web'. No such file or directory",
    ],
    code: null,
    log: `##[group]Run npm ci
npm ci
shell: /usr/bin/bash -e {0}
##[endgroup]
##[error]An error occurred trying to start process '/usr/bin/bash' with working directory '/home/runner/checkout/app/app/web'. No such file or directory
##[group]Run echo done`,
  },
];
