package dev.quayside.secrets;

/**
 * Holds what a service answered to one credential.
 *
 * @param credential which one was shown
 * @param service the service that was asked
 * @param request for people: {@code GET /v1/models}
 * @param from where the question came from: {@code container dream-webui (curl)} or {@code this
 *     host}
 * @param target the address that was asked
 * @param status the answer's code; 0 where there was none
 * @param verdict what it means
 */
public record ProbeAnswer(
    Credential credential,
    String service,
    String request,
    String from,
    String target,
    int status,
    Verdict verdict) {

  /** Names the credential that was shown. */
  public enum Credential {
    NONE,
    OLD,
    NEW
  }

  /** Names what an answer means. */
  public enum Verdict {
    ACCEPTED,
    REFUSED,
    /** Neither: no answer, or a code that the catalogue does not know. */
    UNCLEAR
  }
}
