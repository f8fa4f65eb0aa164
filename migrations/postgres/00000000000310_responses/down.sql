DROP TABLE offers;
DROP TABLE conversations;
DROP TABLE consent_requests;
DROP TABLE signals;
DROP TABLE response_advisers;
DROP TABLE responses;
DROP FUNCTION refuse_signal_change;
