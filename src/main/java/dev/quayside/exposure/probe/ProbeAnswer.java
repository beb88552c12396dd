package dev.quayside.exposure.probe;

/**
 * Holds what a service answered to one credential.
 *
 * @param credential which one was shown
 * @param service the service that was asked
 * @param request for people: {@code GET /v1/models}
 * @param from where the question came from: {@code container dream-webui (python3)} or {@code this
 *     host}
 * @param target the address that was asked
 * @param status the answer's HTTP status; 0 where there was none
 * @param verdict what it means
 * @param code the answer in the words of its protocol: {@code 401}, {@code 28P01}, {@code -NOAUTH};
 *     empty where there was none
 */
public record ProbeAnswer(
    Credential credential,
    String service,
    String request,
    String from,
    String target,
    int status,
    Verdict verdict,
    String code) {

  /** Holds an answer by HTTP. */
  public ProbeAnswer(
      Credential credential,
      String service,
      String request,
      String from,
      String target,
      int status,
      Verdict verdict) {
    this(
        credential,
        service,
        request,
        from,
        target,
        status,
        verdict,
        status == 0 ? "" : Integer.toString(status));
  }

  /** Names the credential that was shown. */
  public enum Credential {
    NONE,
    /** One that was made up. */
    WRONG,
    /** The one that the stack's files hold. */
    RIGHT,
    /** The one before a rotation. */
    OLD,
    /** The one of a rotation. */
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
