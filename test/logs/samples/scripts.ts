// Ends of failed builds of projects in scripting languages, as their tools print them, written for these tests.
import { travis, type Sample } from './sample.ts';

export const SCRIPT_SAMPLES: readonly Sample[] = [
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
];
