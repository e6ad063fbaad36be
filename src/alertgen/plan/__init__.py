"""Site -> Plan: what will exist, decided before anything is made. Pure: the same site gives the same plan."""
