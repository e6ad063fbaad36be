"""What commands do beside building: new alerts and sites, the health of the machine, schemas and forms for editors."""
