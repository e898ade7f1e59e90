// Ends of failed builds as their tools print them, written for these tests, each with the line a person would pick.

export interface Sample {
  readonly tool: string;
  readonly headline: RegExp;
  readonly log: string;
}

const travis = (command: string, log: string, code = 1): string =>
  [
    'travis_time:start:0a1b2c',
    `$ ${command}`,
    log,
    'travis_time:end:0a1b2c:start=1,finish=2,duration=1',
    `\u001b[31;1mThe command "${command}" exited with ${code}.\u001b[0m`,
    '',
    'travis_fold:start:after_failure',
    '$ cat error.log',
    'cat: error.log: No such file or directory',
    'travis_fold:end:after_failure',
    '',
    'Done. Your build exited with 1.',
  ].join('\n');

export const BUILD_SAMPLES: readonly Sample[] = [
  {
    tool: 'mocha',
    headline: /AssertionError.*expected 3 to equal 4|1\) adds two numbers/,
    log: travis(
      'npm test',
      `
> calc@1.0.0 test /home/travis/build/calc
> mocha --reporter spec

  calculator
    ✓ should throw an error on bad input
    1) adds two numbers
    ✓ fails on invalid input

  11 passing (15ms)
  1 failing

  1) calculator
       adds two numbers:

      AssertionError [ERR_ASSERTION]: expected 3 to equal 4
      + expected - actual

      -3
      +4
      at Context.<anonymous> (test/calc.js:7:14)
      at processImmediate (internal/timers.js:456:21)

npm ERR! Test failed.  See above for more details.`,
    ),
  },
  {
    tool: 'jest',
    headline: /● api › returns a list|expect\(received\)/,
    log: travis(
      'yarn test',
      `yarn run v1.3.2
$ jest --ci
PASS src/error.test.ts
FAIL src/api.test.ts
  ● api › returns a list

    expect(received).toEqual(expected)

    Expected: [1, 2]
    Received: []

      12 |   const list = await api.list();
    > 13 |   expect(list).toEqual([1, 2]);
         |                ^
      14 | });

      at Object.<anonymous> (src/api.test.ts:13:16)

Test Suites: 1 failed, 1 passed, 2 total
Tests:       1 failed, 12 passed, 13 total
Snapshots:   0 total
Time:        1.2 s
error Command failed with exit code 1.
info Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.`,
    ),
  },
  {
    tool: 'jasmine',
    headline: /Expected 'a' to be 'b'|Editor opens a file/,
    log: travis(
      'script/cibuild',
      `.........F....

Failures:
1) Editor opens a file
  Message:
    Expected 'a' to be 'b'.
  Stack:
    Error: Expected 'a' to be 'b'.
        at UserContext.<anonymous> (/home/travis/spec/editor-spec.js:12:17)

14 specs, 1 failure
Finished in 1.2 seconds`,
    ),
  },
  {
    tool: 'karma',
    headline: /Modal closes FAILED|Expected .*true.*to be/,
    log: travis(
      'grunt test',
      `Running "karma:unit" (karma) task
Chrome 75.0 (Linux 0.0.0) Modal closes FAILED
	Expected true to be false.
	    at UserContext.<anonymous> (test/modal.spec.js:33:24)
Chrome 75.0 (Linux 0.0.0): Executed 12 of 12 (1 FAILED) (0.1 secs / 0.05 secs)
Warning: Task "karma:unit" failed. Use --force to continue.

Aborted due to warnings.`,
      3,
    ),
  },
  {
    tool: 'eslint',
    headline: /'x' is assigned a value but never used/,
    log: travis(
      'npm run lint',
      `> app@1.0.0 lint
> eslint .

/home/travis/build/app/index.js
  3:7   error    'x' is assigned a value but never used  no-unused-vars
  9:1   warning  Unexpected console statement            no-console

✖ 2 problems (1 error, 1 warning)

npm ERR! code ELIFECYCLE
npm ERR! errno 1
npm ERR! app@1.0.0 lint: \`eslint .\`
npm ERR! Exit status 1
npm ERR! 
npm ERR! Failed at the app@1.0.0 lint script.
npm ERR! This is probably not a problem with npm. There is likely additional logging output above.`,
    ),
  },
  {
    tool: 'npm install',
    headline: /npm ERR! (?:code E404|404)/,
    log: travis(
      'npm install',
      `npm WARN deprecated core-js@2.6.9: core-js@<3 is no longer maintained
npm ERR! code E404
npm ERR! 404 Not Found - GET https://registry.npmjs.org/left-padd - Not found
npm ERR! 404 
npm ERR! 404  'left-padd@latest' is not in the npm registry.

npm ERR! A complete log of this run can be found in:
npm ERR!     /home/travis/.npm/_logs/2019-07-31-debug.log`,
    ),
  },
  {
    tool: 'tsc',
    headline: /error TS2322/,
    log: travis(
      'npm run build',
      `> tsc -p .
src/app.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'.
npm ERR! code ELIFECYCLE
npm ERR! errno 2`,
    ),
  },
  {
    tool: 'pytest',
    headline: /E\s+assert 1 == 2|FAILED tests\/test_api/,
    log: travis(
      'pytest',
      `============================= test session starts ==============================
collected 21 items

tests/test_errors.py::test_fails_on_error PASSED                         [  4%]
tests/test_api.py .F                                                     [100%]

=================================== FAILURES ===================================
___________________________________ test_get ___________________________________

    def test_get():
>       assert get() == 2
E       assert 1 == 2
E        +  where 1 = get()

tests/test_api.py:7: AssertionError
=========================== short test summary info ============================
FAILED tests/test_api.py::test_get - assert 1 == 2
========================= 1 failed, 20 passed in 0.12s =========================`,
    ),
  },
  {
    tool: 'unittest',
    headline: /FAIL(?: \[[\d.]+s\])?: test_get|AssertionError: 1 != 2/,
    log: travis(
      'python -m unittest',
      `..F.
======================================================================
FAIL [0.002s]: test_get (tests.ApiTest)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "tests.py", line 7, in test_get
    self.assertEqual(get(), 2)
AssertionError: 1 != 2

----------------------------------------------------------------------
Ran 4 tests in 0.001s

FAILED (failures=1)`,
    ),
  },
  {
    tool: 'rubocop',
    headline: /Style\/StringLiterals/,
    log: travis(
      'bundle exec rubocop',
      `Inspecting 12 files
....C.......

Offenses:

lib/app.rb:3:7: C: Style/StringLiterals: Prefer single-quoted strings.
puts "hello"
     ^^^^^^^

12 files inspected, 1 offense detected`,
    ),
  },
  {
    tool: 'bundler',
    headline: /An error occurred while installing nokogiri|Gem::Ext::BuildError/,
    log: travis(
      'bundle install --jobs=3',
      `Fetching rake 12.3.2
Installing rake 12.3.2
Gem::Ext::BuildError: ERROR: Failed to build gem native extension.

    current directory: /home/travis/gems/nokogiri/ext
checking if the C compiler accepts ... yes
libxml2 is missing. Please locate mkmf.log to investigate how it is failing.

An error occurred while installing nokogiri (1.10.3), and Bundler cannot
continue.`,
      5,
    ),
  },
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
    tool: 'phpunit',
    headline: /Failed asserting that false is true|1\) ApiTest::testGet/,
    log: travis(
      'vendor/bin/phpunit',
      `PHPUnit 7.5.14 by Sebastian Bergmann and contributors.

.............F..                                                  16 / 16 (100%)

Time: 120 ms, Memory: 10.00 MB

There was 1 failure:

1) ApiTest::testGet
Failed asserting that false is true.

/home/travis/build/tests/ApiTest.php:12

FAILURES!
Tests: 16, Assertions: 31, Failures: 1.`,
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
    tool: 'perl',
    headline: /Failed test 'parses the config'/,
    log: travis(
      'make test',
      `t/00-load.t .. ok
t/01-errors.t .. ok
#   Failed test 'parses the config'
#   at t/02-config.t line 12.
#          got: '1'
#     expected: '2'
# Looks like you failed 1 test of 3.
t/02-config.t .. 
Dubious, test returned 1 (wstat 256, 0x100)
Failed 1/3 subtests 

Test Summary Report
-------------------
t/02-config.t (Wstat: 256 Tests: 3 Failed: 1)
  Failed test:  2
  Non-zero exit status: 1
Files=3, Tests=12,  1 wallclock secs
Result: FAIL
Failed 1/3 test programs. 1/12 subtests failed.
make: *** [test_dynamic] Error 255`,
      2,
    ),
  },
  {
    tool: 'prettier',
    headline: /src\/app\.js/,
    log: travis('npx prettier --list-different "src/**/*.js"', 'src/app.js'),
  },
  {
    tool: 'script',
    headline: /page tar\.md: line 3 does not end in a full stop/,
    log: travis('bash scripts/test.sh', 'Checking 812 pages\npage tar.md: line 3 does not end in a full stop'),
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
