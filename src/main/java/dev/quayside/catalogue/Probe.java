package dev.quayside.catalogue;

/** Says how to ask a service whether it accepts a credential, or whether it is protected at all. */
public sealed interface Probe permits KeyProbe, PostgresProbe, RedisProbe {

  /** Returns the service that is asked. */
  String service();

  /** Returns the port inside its container. */
  int port();

  /** Returns where what is expected comes from. */
  String source();

  /** Returns whether the expectation was seen true of the real server. */
  boolean proven();
}
