DROP TABLE client_consents;
DROP TABLE authorization_codes;
DROP TABLE sign_ins;
DROP TABLE identity_provider_domains;
DROP TABLE identity_providers;
