// Ends of failed builds of compiled projects, images, documents and configurations, as their tools print them, written for these tests.
import { travis, type Sample } from './sample.ts';

export const BUILD_SAMPLES: readonly Sample[] = [
  {
    tool: 'go test',
    headline: /server_test\.go:42: got 3, want 4|--- FAIL: TestServer/,
    log: travis(
      'go test ./...',
      `2019/07/31 12:00:00 error: connection refused (expected in this test)
${Array.from({ length: 9 }, (_, i) => `ok  	example.com/errors${i}	0.012s`).join('\n')}
--- FAIL: TestServer (0.02s)
    server_test.go:42: got 3, want 4
FAIL
FAIL	example.com/server	0.051s
?   	example.com/failure	[no test files]`,
    ),
  },
  {
    tool: 'cargo',
    headline: /error\[E0308\]: mismatched types/,
    log: travis(
      'cargo test --verbose',
      `   Compiling error-chain v0.12.1
   Compiling app v0.1.0 (/home/travis/build/app)
error[E0308]: mismatched types
 --> src/main.rs:3:18
  |
3 |     let x: i32 = "a";
  |            ---   ^^^ expected \`i32\`, found \`&str\`

error: aborting due to previous error

For more information about this error, try \`rustc --explain E0308\`.
error: could not compile \`app\`.

To learn more, run the command again with --verbose.`,
      101,
    ),
  },
  {
    tool: 'c',
    headline: /main\.c:12:5: error/,
    log: travis(
      'make',
      `gcc -Wall -Werror -c -o error.o error.c
gcc -Wall -Werror -c -o main.o main.c
main.c: In function ‘main’:
main.c:12:5: error: unused variable ‘x’ [-Werror=unused-variable]
     int x = 1;
     ^
cc1: all warnings being treated as errors
Makefile:7: recipe for target 'main.o' failed
make: *** [main.o] Error 1`,
      2,
    ),
  },
  {
    tool: 'latex',
    headline: /! Undefined control sequence/,
    log: travis(
      'make pdf',
      `(/usr/share/texlive/error.sty) [1] [2]
! Undefined control sequence.
l.42 \\frobnicate
                 {x}
No pages of output.
Latexmk: Errors, so I did not complete making targets
make: *** [std.pdf] Error 12`,
      2,
    ),
  },
  {
    tool: 'maven',
    headline: /App\.java:\[12,5\] cannot find symbol/,
    log: travis(
      'mvn install -B',
      `[INFO] Scanning for projects...
[INFO] Compiling 12 source files to /home/travis/build/target/classes
[ERROR] COMPILATION ERROR : 
[ERROR] /home/travis/build/src/main/java/App.java:[12,5] cannot find symbol
  symbol:   class Missing
[INFO] 1 error
[INFO] BUILD FAILURE
[INFO] Total time:  3.214 s
[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.8.1:compile (default-compile) on project app: Compilation failure
[ERROR] /home/travis/build/src/main/java/App.java:[12,5] cannot find symbol
[ERROR] -> [Help 1]
[ERROR] 
[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.`,
    ),
  },
  {
    tool: 'gradle',
    headline: /ApiTest > testGet FAILED|expected:<2> but was:<1>/,
    log: travis(
      './gradlew build',
      `> Task :compileJava
> Task :test FAILED

com.example.ApiTest > testGet FAILED
    org.junit.ComparisonFailure: expected:<2> but was:<1>
        at ApiTest.java:12

12 tests completed, 1 failed

FAILURE: Build failed with an exception.

* What went wrong:
Execution failed for task ':test'.
> There were failing tests. See the report at: file:///home/travis/build/reports/tests/test/index.html

* Try:
Run with --stacktrace option to get the stack trace.

BUILD FAILED in 12s`,
    ),
  },
  {
    tool: 'awesome_bot',
    headline: /https:\/\/example\.com\/gone/,
    log: travis(
      'awesome_bot README.md --allow-dupe --allow-redirect',
      `> Will allow duplicated links
> Will allow redirects
> Checking links in README.md
Links to check: 412
  001 https://example.com/error-handling 
  002 https://example.com/gone 404
> Issues :-(
> Links 
  1. [L0085] 404 https://example.com/gone  
> Dupes 
  None ✓`,
    ),
  },
  {
    tool: 'leiningen',
    headline: /FAIL in \(parses-config\)|expected: \(= 1 2\)/,
    log: travis(
      'lein test',
      `lein test app.config-test

FAIL in (parses-config) (config_test.clj:12)
expected: (= 1 2)
  actual: (not (= 1 2))

Ran 4 tests containing 9 assertions.
1 failures, 0 errors.
Tests failed.`,
    ),
  },
  {
    tool: 'emacs',
    headline: /Cannot open load file.*missing-mode|void-variable/,
    log: travis(
      'emacs -Q --batch -l init.el',
      `Loading /home/travis/.emacs.d/early.el (source)...
Contacting host: melpa.org:443
Cannot open load file: No such file or directory, missing-mode`,
      255,
    ),
  },
  {
    tool: 'bats',
    headline: /not ok 3 parses the config/,
    log: travis(
      'bats test',
      `1..4
ok 1 prints an error on failure
ok 2 prints usage
not ok 3 parses the config
# (in test file test/config.bats, line 12)
#   \`[ "$status" -eq 0 ]' failed
ok 4 exits`,
    ),
  },
  {
    tool: 'xcodebuild',
    headline: /Sync\.m:12:5: error|error: -\[SyncTests testLogin\]/,
    log: travis(
      'sh build.sh test-osx',
      `Test Case '-[SyncTests testError]' passed (0.001 seconds).
/Users/travis/build/SyncTests.m:44: error: -[SyncTests testLogin] : ((user) != nil) failed
Test Case '-[SyncTests testLogin]' failed (0.120 seconds).
Executed 12 tests, with 1 failure (0 unexpected) in 0.3 (0.4) seconds
Failing tests:
	-[SyncTests testLogin]
** TEST FAILED **`,
      65,
    ),
  },
  {
    tool: 'docker',
    headline: /returned a non-zero code: 100|Unable to locate package/,
    log: travis(
      'docker build .',
      `Step 3/5 : RUN apt-get install -y error-tools
 ---> Running in 0123456789ab
Reading package lists...
E: Unable to locate package error-tools
The command '/bin/sh -c apt-get install -y error-tools' returned a non-zero code: 100`,
      100,
    ),
  },
  {
    tool: 'stalled build',
    headline: /No output has been received/,
    log: [
      'travis_time:start:0a1b2c',
      '$ make test',
      '[12:00:01] ok 1 - fails on error',
      '',
      'No output has been received in the last 10m0s, this potentially indicates a stalled build or something wrong with the build itself.',
      'Check the details on how to adjust your build configuration on: https://docs.travis-ci.com/user/common-build-problems/',
      '',
      'The build has been terminated',
    ].join('\n'),
  },
];
