package dev.quayside.catalogue;

import java.util.Set;

/**
 * Says how to ask PostgreSQL whether it accepts a password. Has to be carried out from another
 * container: PostgreSQL trusts whoever comes from its own container.
 *
 * @param service that is asked
 * @param port inside its container
 * @param userFrom variable of the service's container that names the role
 * @param databaseFrom variable of the service's container that names the database
 * @param refused SQLSTATEs that mean the password was refused
 * @param source where the codes come from
 * @param proven whether they were seen from the real server
 */
public record PostgresProbe(
    String service,
    int port,
    String userFrom,
    String databaseFrom,
    Set<String> refused,
    String source,
    boolean proven)
    implements Probe {

  /** Makes the set immutable. */
  public PostgresProbe {
    refused = Set.copyOf(refused);
  }
}
