package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeverityReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "ERROR | {\"time\":\"x\",\"level\":\"error\",\"msg\":\"info desk\"}",
        "ERROR | {\"level\":50,\"msg\":\"pino\"}",
        "INFORMATION | {\"level\":30,\"msg\":\"an error was mended\"}",
        "ERROR | {\"severity\": \"CRITICAL\"}",
        "WARNING | ts=1 level=warn msg=\"error budget\"",
        "ERROR | 2026-11-22 10:00:00.000 UTC [34] ERROR:  relation \"x\" does not exist",
        "ERROR | 2026-11-22 10:00:00.000 UTC [34] FATAL:  password authentication failed",
        "INFORMATION | 2026-11-22 10:00:00.000 UTC [1] LOG:  database system is ready",
        "INFORMATION | INFO:     127.0.0.1:4242 - \"GET /error HTTP/1.1\" 200 OK",
        "ERROR | 2026/11/22 10:00:00 [error] 31#31: *1 connect() failed",
        "ERROR | 2026/11/22 10:00:00 [emerg] 1#1: host not found",
        "INFORMATION | 2026/11/22 10:00:00 [notice] 1#1: start worker processes",
        "ERROR | E0712 10:00:00.000000 1 main.go:1] broken",
        "ERROR | Traceback (most recent call last):",
        "ERROR | torch.OutOfMemoryError: CUDA out of memory.",
        "ERROR | java.lang.IllegalStateException: no",
        "ERROR | panic: runtime error: index out of range",
        "WARNING | WARNING 11-22 10:00:00 config.py:1] slow",
        "UNKNOWN | GET /errors/none 200",
        "UNKNOWN | no errors found in error.log",
        "UNKNOWN | My_ERROR_CODE=7",
        "UNKNOWN | Listening on 0.0.0.0:8080"
      })
  void theLevelIsReadFromWhatTheLineSays(Severity expected, String line) {
    assertThat(SeverityReader.read(line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    at a.B.c(B.java:1)",
        "Caused by: x",
        "DETAIL:  Key exists",
        "  File \"x.py\", line 1"
      })
  void aFrameOfAStackTraceGoesOnWithTheLineBefore(String line) {
    assertThat(SeverityReader.continues(line)).isTrue();
  }
}
