// What failed tests and crashed programs print on GitHub Actions, as their tools print it, written for these tests.
import type { ActionsSample } from './sample.ts';

export const ACTIONS_TEST_SAMPLES: readonly ActionsSample[] = [
  {
    tool: 'pytest, with what to run',
    headlines: ['FAILED [0.0312s] test_ops.py::TestOps::test_add_cpu - AssertionError: Tensor-likes are not close!'],
    code: 1,
    log: `##[group]Run ./run_tests.sh
./run_tests.sh
shell: /usr/bin/bash -e {0}
##[endgroup]
+ python run_test.py --shard 1 2
Executing ['pytest', 'test_ops.py', '-v', '-x', '--reruns=2']
============================= test session starts ==============================
platform linux -- Python 3.10.14, pytest-7.3.2, pluggy-1.5.0
rootdir: /checkout/test
plugins: xdist-3.3.1, rerunfailures-10.3
collecting ... collected 412 items
test_ops.py::TestOps::test_error_inputs_cpu PASSED [0.0051s]             [  0%]
test_ops.py::TestOps::test_fails_on_bad_dtype_cpu PASSED [0.0041s]       [  1%]
test_ops.py::TestOps::test_add_cpu RERUN [0.0312s]                       [  2%]
test_ops.py::TestOps::test_add_cpu FAILED [0.0312s]                      [  2%]

==================================== RERUNS ====================================
_____________________________ TestOps.test_add_cpu _____________________________
Traceback (most recent call last):
  File "/checkout/test/test_ops.py", line 120, in test_add_cpu
    self.assertEqual(a + b, expected)
  File "/checkout/torch/testing/_internal/common_utils.py", line 3012, in assertEqual
    raise error_metas[0].to_error(
AssertionError: Tensor-likes are not close!

Mismatched elements: 1 / 4 (25.0%)
Greatest absolute difference: 1.0 at index (3,) (up to 1e-05 allowed)
Greatest relative difference: 0.25 at index (3,) (up to 1.3e-06 allowed)

To execute this test, run the following from the base repo dir:
     python test/test_ops.py -k test_add_cpu

This message can be suppressed by setting PRINT_REPRO_ON_FAILURE=0
=================================== FAILURES ===================================
_____________________________ TestOps.test_add_cpu _____________________________
Traceback (most recent call last):
  File "/checkout/test/test_ops.py", line 120, in test_add_cpu
    self.assertEqual(a + b, expected)
  File "/checkout/torch/testing/_internal/common_utils.py", line 3012, in assertEqual
    raise error_metas[0].to_error(
AssertionError: Tensor-likes are not close!

Mismatched elements: 1 / 4 (25.0%)
Greatest absolute difference: 1.0 at index (3,) (up to 1e-05 allowed)
Greatest relative difference: 0.25 at index (3,) (up to 1.3e-06 allowed)

To execute this test, run the following from the base repo dir:
     python test/test_ops.py -k test_add_cpu

This message can be suppressed by setting PRINT_REPRO_ON_FAILURE=0
- generated xml file: /checkout/test/test-reports/test_ops.xml -
=========================== short test summary info ============================
FAILED [0.0312s] test_ops.py::TestOps::test_add_cpu - AssertionError: Tensor-likes are not close!

Mismatched elements: 1 / 4 (25.0%)
Greatest absolute difference: 1.0 at index (3,) (up to 1e-05 allowed)
!!!!!!!!!!!!!!!!!!!!!!!!!! stopping after 1 failures !!!!!!!!!!!!!!!!!!!!!!!!!!!
============== 1 failed, 12 passed, 2 rerun in 6.30s ===============
Traceback (most recent call last):
  File "/checkout/test/run_test.py", line 1402, in <module>
    main()
  File "/checkout/test/run_test.py", line 1360, in main
    raise RuntimeError(
RuntimeError: test_ops failed!`,
  },
  {
    tool: 'pytest collection error',
    headlines: ["E   ModuleNotFoundError: No module named 'yaml'", 'ERROR tests/test_config.py'],
    code: 2,
    log: `============================= test session starts ==============================
collected 12 items / 1 error

==================================== ERRORS ====================================
____________________ ERROR collecting tests/test_config.py _____________________
ImportError while importing test module '/home/runner/checkout/app/app/tests/test_config.py'.
Hint: make sure your test modules/packages have valid Python names.
Traceback:
/opt/hostedtoolcache/Python/3.11.9/x64/lib/python3.11/importlib/__init__.py:126: in import_module
    return _bootstrap._gcd_import(name[level:], package, level)
tests/test_config.py:3: in <module>
    import yaml
E   ModuleNotFoundError: No module named 'yaml'
=========================== short test summary info ============================
ERROR tests/test_config.py
!!!!!!!!!!!!!!!!!!!! Interrupted: 1 error during collection !!!!!!!!!!!!!!!!!!!!
=============================== 1 error in 0.31s ===============================`,
  },
  {
    tool: 'unittest, run by a script',
    headlines: ['FAIL: test_mul (__main__.TestMath)'],
    code: 1,
    log: `test_add (__main__.TestMath) ... ok
test_error_message (__main__.TestMath) ... ok
test_mul (__main__.TestMath) ... FAIL

======================================================================
FAIL: test_mul (__main__.TestMath)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "test_math.py", line 8, in test_mul
    self.assertEqual(2 * 2, 5)
AssertionError: 4 != 5

----------------------------------------------------------------------
Ran 3 tests in 0.001s

FAILED (failures=1)
Traceback (most recent call last):
  File "test/run_test.py", line 1000, in <module>
    main()
  File "test/run_test.py", line 979, in main
    raise RuntimeError(err_message)
RuntimeError: test_math failed!`,
  },
  {
    tool: 'c++',
    headlines: ['what():  CUDA error: an illegal memory access was encountered'],
    code: 134,
    log: `[ RUN      ] Ops.Add
terminate called after throwing an instance of 'c10::Error'
  what():  CUDA error: an illegal memory access was encountered
Exception raised from create_event_internal at ../c10/cuda/CUDACachingAllocator.cpp:1055 (most recent call first):
frame #0: c10::Error::Error(c10::SourceLocation, std::string) + 0x42 (0x7f2 in /checkout/libc10.so)
frame #1: c10::cuda::CUDACachingAllocator::raw_delete(void*) + 0x40 (0x7f in libc10_cuda.so)
./run.sh: line 3: 200 Aborted                 (core dumped) ./test_api`,
  },
  {
    tool: '.net',
    headlines: ['Failed App.Tests.CalcTests.Adds [12 ms]'],
    code: 1,
    log: `Starting test execution, please wait...
A total of 1 test files matched the specified pattern.
  Failed App.Tests.CalcTests.Adds [12 ms]
  Error Message:
   Assert.Equal() Failure
Expected: 3
Actual:   4
  Stack Trace:
     at App.Tests.CalcTests.Adds() in /checkout/test/CalcTests.cs:line 12

Failed!  - Failed:     1, Passed:    12, Skipped:     0, Total:    13, Duration: 120 ms - App.Tests.dll (net8.0)`,
  },
  {
    tool: 'doctest',
    headlines: ['Failed example:', 'File "/checkout/app/calc.py", line 7, in calc.add'],
    code: 1,
    log: `**********************************************************************
File "/checkout/app/calc.py", line 7, in calc.add
Failed example:
    add(1, 2)
Expected:
    3
Got:
    4
**********************************************************************
1 items had failures:
   1 of   3 in calc.add
***Test Failed*** 1 failures.`,
  },
  {
    tool: 'vitest',
    headlines: ['FAIL  src/calc.test.ts > calc > adds', 'AssertionError: expected 4 to be 3 // Object.is equality'],
    code: 1,
    log: ` ✓ src/error.test.ts (3 tests) 5ms
 ❯ src/calc.test.ts (2 tests | 1 failed) 6ms
   ✓ calc > throws an error
   × calc > adds
     → expected 4 to be 3 // Object.is equality

⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯

 FAIL  src/calc.test.ts > calc > adds
AssertionError: expected 4 to be 3 // Object.is equality

- Expected
+ Received

- 3
+ 4

 ❯ src/calc.test.ts:5:15
      3| test('adds', () => {
      4|
      5|   expect(add(1, 2)).toBe(3);
       |               ^

⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[1/1]⎯

 Test Files  1 failed | 1 passed (2)
      Tests  1 failed | 4 passed (5)`,
  },
  {
    tool: 'jest, with a console',
    headlines: ['● api › returns a list'],
    code: 1,
    log: `FAIL src/api.test.ts
  ● api › returns a list

    expect(received).toEqual(expected) // deep equality

    Expected: [1, 2]
    Received: []

      12 |   const list = await api.list();
    > 13 |   expect(list).toEqual([1, 2]);

      at Object.<anonymous> (src/api.test.ts:13:16)

PASS src/error.test.ts
  ● Console

    console.error
      Warning: An update to App inside a test was not wrapped in act(...).

      at error (node_modules/react-dom/index.js:12:1)

Summary of all failing tests
FAIL src/api.test.ts
  ● api › returns a list

    expect(received).toEqual(expected) // deep equality

    Expected: [1, 2]
    Received: []

Test Suites: 1 failed, 1 passed, 2 total
Tests:       1 failed, 12 passed, 13 total
npm ERR! Test failed.  See above for more details.`,
  },
  {
    tool: 'a program that a script runs',
    headlines: [
      "terminate called after throwing an instance of 'std::runtime_error'",
      'what():  [enforce fail at inline_container.cc:145] . PytorchStreamReader failed reading zip archive: failed finding central directory',
    ],
    code: 1,
    log: `test_package (__main__.TestPackage) ... ok
test_load (__main__.TestPackage) ... terminate called after throwing an instance of 'std::runtime_error'
  what():  [enforce fail at inline_container.cc:145] . PytorchStreamReader failed reading zip archive: failed finding central directory
frame #0: c10::ThrowEnforceNotMet(char const*, int, char const*, std::string const&, void const*) + 0x57 (0x7f in libc10.so)
Traceback (most recent call last):
  File "test/run_test.py", line 1007, in <module>
    main()
  File "test/run_test.py", line 985, in main
    raise RuntimeError(err_message)
RuntimeError: test_package failed! Received signal: SIGIOT`,
  },
  {
    tool: 'a script that explains',
    headlines: [
      'The PR is introducing backward incompatible changes to the operator library. Please contact the team to confirm whether this change is wanted or not.',
      'Broken ops: [',
    ],
    code: 1,
    log: `[WARNING 2024-05-01] Processing existing schema: aten::add
Can NOT find backward compatible schemas after changes for schema aten::frob(Tensor x) -> Tensor from the following candidates:
[
aten::frob(Tensor x, int y) -> Tensor
]
The PR is introducing backward incompatible changes to the operator library. Please contact the team to confirm whether this change is wanted or not.

Broken ops: [
	aten::frob(Tensor x) -> Tensor
]
+ exit 1`,
  },
  {
    tool: 'unittest, with a long stack',
    headlines: ['FAIL: test_sharded_grad (distributed.test_fsdp.TestFSDP)'],
    code: 1,
    log: `test_sharded_grad (distributed.test_fsdp.TestFSDP) ... FAIL

======================================================================
FAIL: test_sharded_grad (distributed.test_fsdp.TestFSDP)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/opt/conda/lib/python3.8/site-packages/torch/testing/_internal/common_distributed.py", line 540, in wrapper
    self._join_processes(fn)
  File "/opt/conda/lib/python3.8/site-packages/torch/testing/_internal/common_distributed.py", line 759, in _join_processes
    self._check_return_codes(elapsed_time)
  File "/opt/conda/lib/python3.8/site-packages/torch/testing/_internal/common_distributed.py", line 800, in _check_return_codes
    self.assertEqual(
  File "/opt/conda/lib/python3.8/site-packages/torch/testing/_internal/common_utils.py", line 2300, in assertEqual
    assert_equal(
  File "/opt/conda/lib/python3.8/site-packages/torch/testing/_comparison.py", line 1074, in assert_equal
    raise error_metas[0].to_error()
AssertionError: Scalars are not equal!

Absolute difference: 1
Relative difference: 1.0
Expected exit code 0 but got 1 for pid: 3412

----------------------------------------------------------------------
Ran 12 tests in 60.221s

FAILED (failures=1)`,
  },
  {
    tool: 'gotestsum',
    headlines: ['=== FAIL: pkg/server TestServer (0.02s)', 'server_test.go:42: got 3, want 4'],
    code: 1,
    log: `✓  pkg/client (12ms)
✖  pkg/server (51ms)

=== FAIL: pkg/server TestServer (0.02s)
    server_test.go:42: got 3, want 4

DONE 12 tests, 1 failure in 0.512s`,
  },
  {
    tool: 'valgrind',
    headlines: ['==123== Invalid read of size 4'],
    code: 1,
    log: `==123== Memcheck, a memory error detector
==123== Command: ./app
==123== 
==123== Invalid read of size 4
==123==    at 0x401136: main (a.c:5)
==123==  Address 0x4a47044 is 0 bytes after a block of size 4 alloc'd
==123== 
==123== ERROR SUMMARY: 1 errors from 1 contexts (suppressed: 0 from 0)`,
  },
  {
    tool: 'a killed program',
    headlines: ['Killed', './run.sh: line 3:  1234 Killed                  python train.py'],
    code: 137,
    log: `epoch 1 loss 0.3
epoch 2 loss 0.2
./run.sh: line 3:  1234 Killed                  python train.py`,
  },
];
