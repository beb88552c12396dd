package dev.quayside.exposure.probe;

import dev.quayside.catalogue.KeyProbe;

/** Says what is asked, and in which protocol. */
public sealed interface ProbeTarget {

  /** Returns the service that is asked. */
  String service();

  /** Returns the port inside its container. */
  int port();

  /**
   * Asks with one HTTP GET.
   *
   * @param key what the catalogue knows of it
   */
  record Http(KeyProbe key) implements ProbeTarget {
    @Override
    public String service() {
      return key.service();
    }

    @Override
    public int port() {
      return key.port();
    }
  }

  /**
   * Logs in to PostgreSQL. Never through the loopback of its own container, which is trusted there.
   *
   * @param service that is asked
   * @param port inside its container
   * @param userFrom variable of its container that names the role
   * @param databaseFrom variable of its container that names the database
   */
  record Postgres(String service, int port, String userFrom, String databaseFrom)
      implements ProbeTarget {

    /** Asks a container that was made from the official image or keeps its rules. */
    public Postgres(String service) {
      this(service, 5432, "POSTGRES_USER", "POSTGRES_DB");
    }
  }

  /** Says PING or AUTH to Redis. */
  record Redis(String service, int port) implements ProbeTarget {}
}
